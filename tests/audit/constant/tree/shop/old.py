from shop.limits import COUNT, LIMIT


def f(): ...
