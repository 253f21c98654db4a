class Cart:
    wheels = 2
