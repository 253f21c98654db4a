from shop.cart import Cart


class Basket(Cart):
    """Deprecated."""
