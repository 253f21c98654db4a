from importlib import import_module

one = import_module("core.new", package=__package__)
