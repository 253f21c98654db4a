from shop.cart import open_cart


def make_cart(*args, **kwargs):
    return open_cart(*args, **kwargs)
