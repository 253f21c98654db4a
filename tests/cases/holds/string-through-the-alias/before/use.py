PATH = "app.old.Old.method"
