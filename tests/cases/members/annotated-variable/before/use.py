from legacy import Manager

made: Manager = find()
made.create()
