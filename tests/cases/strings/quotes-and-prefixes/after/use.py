from pkgutil import resolve_name as r

one = r('app.new.New'), r(r"app.new.New"), r(u"""app.new.New""")
two = r("app."
        "new.New")
three = r("app.new" ':New')
