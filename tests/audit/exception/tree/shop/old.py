class CartError(ValueError):
    pass
