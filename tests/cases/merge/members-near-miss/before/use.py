from legacy import Manager

class Other:
    create = 1

create = Other.create
made = Manager.create()
