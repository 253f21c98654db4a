from old import Also, New
print(Also, New)
