from importlib import import_module

made = import_module("app.use").make()
