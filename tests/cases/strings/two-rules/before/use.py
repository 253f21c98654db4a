from pkgutil import resolve_name as r

one = r("app.old:Old"), r("app.old:OldThing")
