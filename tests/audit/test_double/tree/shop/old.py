from shop.cart import Cart

Basket = Cart
