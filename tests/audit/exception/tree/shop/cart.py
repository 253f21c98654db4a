class CartError(Exception):
    pass
