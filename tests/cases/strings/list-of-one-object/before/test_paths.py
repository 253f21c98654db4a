PATHS = ["app.new.New", "app.old.Old"]
PAIRS = {"app.old:Old", "app.new:New"}
WHERE = {"app.old.Old": 1, "app.new.New": 2}
