from shop import Cart

Cart()
