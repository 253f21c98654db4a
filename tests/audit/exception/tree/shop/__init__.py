from shop.cart import CartError
