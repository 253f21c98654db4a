from pkgutil import resolve_name as r

one = r("new.New.run"), r("new:New")
