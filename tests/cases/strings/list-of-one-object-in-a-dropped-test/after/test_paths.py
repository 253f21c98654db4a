PATHS = ["app.new.New", "app.new.New"]
