from new import New

made = None
if find():
    made = New()
made.connect()
