import new

made = new.New()
