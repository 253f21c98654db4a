from shop.cart import Cart as Wagon
from shop.horse import Wagon as Cart
