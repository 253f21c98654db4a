import pkgutil

one = pkgutil.resolve_name("app.new:New")
two = pkgutil.resolve_name("app.new.New")
three = pkgutil.resolve_name("app.new:New.run")
