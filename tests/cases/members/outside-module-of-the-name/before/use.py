import venv

from legacy import Manager

venv.create("x")
print(Manager)
