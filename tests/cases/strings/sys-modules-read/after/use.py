import sys
from sys import modules

one = sys.modules["app.new"]
two = modules.get("app.new")
