class Bag:
    mark = 2


import shop.base.tools as tools
import shop

Bag = shop.Cart
