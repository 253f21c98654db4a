def bag():
    import shop
    return shop.Cart
