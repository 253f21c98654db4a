REGISTRY = ["app.new.New", "app.new:New"]
TABLE = {"app.new.New.run": 1}
