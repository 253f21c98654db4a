import new

made = new.New.connect()
