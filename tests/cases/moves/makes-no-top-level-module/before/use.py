from old import Thing

made = Thing()
