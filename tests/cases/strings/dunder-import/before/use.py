one = __import__("app.old", fromlist=["New"])
two = __import__("app.old").old.New
