from shop.cart import Cart


def f(): ...
