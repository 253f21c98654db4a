import venv

from new import New


def make():
    venv.create("x")


print(New)
