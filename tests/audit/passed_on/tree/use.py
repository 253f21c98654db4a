from shop.desk import Cart

Cart()
