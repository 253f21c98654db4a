from shop import CartError

CartError()
