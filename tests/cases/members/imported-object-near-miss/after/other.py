made = open("x")
