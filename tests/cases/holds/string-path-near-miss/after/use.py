PATHS = "app.old.Older", "app.older.Old", "my.app.old.Old"
TEXT = "see app.old.Old for the reasons"
