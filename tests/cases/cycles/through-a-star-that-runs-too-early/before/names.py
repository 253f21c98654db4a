from shop.base import *
