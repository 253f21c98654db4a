from old import NotFound

try:
    print()
except NotFound:
    print("none")
