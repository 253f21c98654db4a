import app.new

made = app.new.Thing()
