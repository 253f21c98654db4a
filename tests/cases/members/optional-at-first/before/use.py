from legacy import Manager

made = None
if find():
    made = Manager()
made.create()
