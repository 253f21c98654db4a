PATHS = ["app.new.New", "app.old.Old"]
