from old import Fault

try:
    print()
except Fault, ValueError:
    raise
