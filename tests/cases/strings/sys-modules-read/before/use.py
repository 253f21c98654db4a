import sys
from sys import modules

one = sys.modules["app.old"]
two = modules.get("app.old")
