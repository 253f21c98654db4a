def take(name):
    return f"app.old_{name}", f"my.app.old.{name}", f"app.older.{name}"

NAME = "Old"
