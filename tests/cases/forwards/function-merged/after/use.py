from new import connect

connect("a")
