from importlib import import_module

TABLE = {"Basket": ("shop.cart", "Cart")}


def __getattr__(name):
    if name in TABLE:
        module, attribute = TABLE[name]
        return getattr(import_module(module), attribute)
    raise AttributeError(name)
