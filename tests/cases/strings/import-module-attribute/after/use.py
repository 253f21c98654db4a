from importlib import import_module

import app.new

made = import_module("app.old").Old()
Elder = app.new.New
