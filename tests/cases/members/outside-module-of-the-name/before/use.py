import venv

from legacy import Manager


def make():
    venv.create("x")


print(Manager)
