from pkgutil import resolve_name as r

one = r("app.new:New"), r("app.old:OldThing")
