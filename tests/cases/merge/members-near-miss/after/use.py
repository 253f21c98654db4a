from new import New

class Other:
    create = 1

create = Other.create
made = New.connect()
