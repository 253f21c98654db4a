from old import make, shown

print(make("b"), shown())
