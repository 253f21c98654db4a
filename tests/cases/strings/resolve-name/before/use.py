import pkgutil

one = pkgutil.resolve_name("app.old:Old")
two = pkgutil.resolve_name("app.old.Old")
three = pkgutil.resolve_name("app.old:Old.run")
