import space.deep.thing

made = space.deep.thing.Thing()
