from pkgutil import resolve_name

one = resolve_name("app.gone:Old")
two = resolve_name("app.new.Old")
