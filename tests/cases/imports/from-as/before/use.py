from old import Old as Thing

made = Thing()
