from shop._cart import _Cart

Cart = _Cart


def f(): ...
