from shop.old import Cart, Wagon

Cart()
Wagon()
