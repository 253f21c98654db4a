import os

import new


def __getattr__(name):
    return getattr(new, os.environ.get(name, name))
