import space.old

made = space.old.Thing()
