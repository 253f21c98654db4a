one = __import__("app.new", fromlist=["New"])
two = __import__("app.old").old.New
