import new

made = new.make(1)
