from legacy import Manager

made: Manager
made = find()
made.create()
