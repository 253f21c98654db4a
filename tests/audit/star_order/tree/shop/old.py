from shop.cart import *
from shop.horse import *
