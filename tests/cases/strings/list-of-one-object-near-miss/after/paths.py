PATHS = ["app.new.New", "app.other.Thing"]
MORE = ("app.new.New.make", "app.new.New.send")
