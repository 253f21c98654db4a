try:
    from shop.cart import Cart as Basket
except ImportError:
    Basket = None


def f(): ...
