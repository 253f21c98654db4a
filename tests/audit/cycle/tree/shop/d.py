import shop.e
