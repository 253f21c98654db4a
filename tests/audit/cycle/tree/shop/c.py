from shop.a import b
