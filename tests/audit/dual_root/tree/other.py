from src.shop.cart import Cart

Cart()
