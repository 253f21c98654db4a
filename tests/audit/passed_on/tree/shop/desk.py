from shop.cart import Cart


def serve():
    return Cart()
