from importlib import import_module

_LAZY = {"Old": (".new", "New"), "Other": (".new", "Other")}


def __getattr__(name):
    try:
        module, attribute = _LAZY[name]
    except KeyError:
        raise AttributeError(name) from None
    value = getattr(import_module(module, __name__), attribute)
    globals()[name] = value
    return value
