from shop.cart import Cart

Cart(1)
