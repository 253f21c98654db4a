from old import Old

with Old() as made:
    made.go()
with open("x") as file, Old() as (other):
    file.read()
