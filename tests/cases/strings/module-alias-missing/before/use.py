from pkgutil import resolve_name

one = resolve_name("app.old:KEPT")
