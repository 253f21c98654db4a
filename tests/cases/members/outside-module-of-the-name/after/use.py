import venv

from new import New

venv.create("x")
print(New)
