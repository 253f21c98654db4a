def import_module(path):
    return path

one = import_module("app.old")
