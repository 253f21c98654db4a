from new import New

made: New = find()
made.connect()
