class sys:
    modules = {"app.old": 1}

one = sys.modules["app.old"]
