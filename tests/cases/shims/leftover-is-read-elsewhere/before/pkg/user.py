from .old import Middle as Own

print(Own)
