from importlib import import_module

import app.old

made = import_module("app.old").Old()
Elder = app.old.Elder
