from importlib import import_module

import app.more

other = import_module("app.old").OTHER
Old = app.more.Old
