from shop.cart import Basket
from shop.gone import Cart
import shop.lost
import numpy

try:
    from shop.fast import Cart
except ImportError:
    Cart = None
