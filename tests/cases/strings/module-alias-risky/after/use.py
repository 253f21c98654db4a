PATHS = ["app.new", "app.new.New", "app.new:New.run"]
