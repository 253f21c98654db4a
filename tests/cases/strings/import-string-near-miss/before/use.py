from app.tools import import_string

one = import_string("app.old.Old")
