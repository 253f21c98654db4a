from errors import Failure

try:
    print()
except Failure, ValueError:
    raise
