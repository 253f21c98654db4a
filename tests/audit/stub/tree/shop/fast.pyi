from shop.cart import Cart as Cart
