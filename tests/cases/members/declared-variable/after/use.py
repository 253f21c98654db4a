from new import New

made: New
made = find()
made.connect()
