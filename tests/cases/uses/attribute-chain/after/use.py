import app.new

name = app.new.New.__name__.lower()
kinds = [app.new.New for _ in range(2)]
