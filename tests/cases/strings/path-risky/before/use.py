REGISTRY = ["app.old.Old", "app.old:Old"]
TABLE = {"app.old.Old.run": 1}
