from new import New

with New() as made:
    made.run()
with open("x") as file, New() as (other):
    file.read()
