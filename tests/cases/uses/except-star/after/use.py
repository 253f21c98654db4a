from errors import Failure

try:
    raise ExceptionGroup("all", [Failure()])
except* Failure as group:
    print(group)
