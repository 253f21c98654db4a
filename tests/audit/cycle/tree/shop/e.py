def f():
    import shop.d
