from shop.old import make_cart

make_cart()
