import new

made = new.New()
made.connect()
new.New().connect()
