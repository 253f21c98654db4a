from shop.old import Cart

Cart()
