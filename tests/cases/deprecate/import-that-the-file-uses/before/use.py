from old import New, make

print(New, make)
