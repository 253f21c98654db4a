from old import Fault

try:
    raise ExceptionGroup("all", [Fault()])
except* Fault as group:
    print(group)
