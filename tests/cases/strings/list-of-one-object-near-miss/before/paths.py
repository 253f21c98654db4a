PATHS = ["app.old.Old", "app.other.Thing"]
MORE = ("app.new.New.make", "app.old.Old.send")
