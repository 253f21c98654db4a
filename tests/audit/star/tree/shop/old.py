from shop.cart import *

print(__name__)


def f(): ...
