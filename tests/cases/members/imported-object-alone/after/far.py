from use import made

made.connect()
