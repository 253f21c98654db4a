from shop.old import Basket

Basket()
