class Cart:
    mark = 1
