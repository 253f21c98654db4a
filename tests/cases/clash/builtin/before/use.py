from old import Expired

try:
    raise Expired()
except (Expired, TimeoutError):
    print("late")
