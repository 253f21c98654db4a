import sys

if sys.version_info >= (3, 7):

    def __getattr__(name):
        if name == "Old":
            from new import New

            return New
        raise AttributeError(name)
