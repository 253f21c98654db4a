from pkgutil import resolve_name as r

one = r("app\x2eold.Old")
