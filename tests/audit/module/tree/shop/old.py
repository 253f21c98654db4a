"""Moved to shop.cart."""
from shop.cart import Cart

__all__ = ["Cart"]
