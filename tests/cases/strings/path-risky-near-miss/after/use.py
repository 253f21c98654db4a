PATHS = "app.old.Older", "my.app.old.Old", b"app.old.Old"
TEXT = "is app.old.Old here?"
