from .old import LIMIT as Middle

print(Middle)
