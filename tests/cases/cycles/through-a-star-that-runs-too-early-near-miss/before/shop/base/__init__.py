class Bag:
    mark = 2


import shop.base.tools as tools

Bag = tools.Cart
