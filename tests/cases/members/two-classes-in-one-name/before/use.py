from legacy import Manager

made = Manager()
if find():
    made = find()
made.create()
