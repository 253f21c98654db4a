from shop.cart import Cart

Basket = Cart
LIMIT = 3


def limit():
    return LIMIT
