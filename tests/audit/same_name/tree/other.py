from shop.horse import Cart

Cart()
