PATHS = ["app.old", "app.old.New", "app.old:New.run"]
