from pkgutil import resolve_name as r

one = r('app.old.Old'), r(r"app.old.Old"), r(u"""app.old.Old""")
two = r("app."
        "old.Old")
three = r("app.old" ':Old')
