from other import made

made.create()
