import shop.c
