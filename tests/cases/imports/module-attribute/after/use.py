import app.new

made = app.new.New()
