import app.old

name = app.old.Old.__name__.lower()
kinds = [app.old.Old for _ in range(2)]
