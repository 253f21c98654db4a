import shop.old

shop.old.Cart()
shop.old.Cart()
