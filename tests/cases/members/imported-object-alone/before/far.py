from use import made

made.create()
