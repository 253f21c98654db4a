from shop.cart import open_cart


def make_cart(*args, **kwargs):
    return open_cart(1, *args, **kwargs)
