from errors import TimeoutError as Expired

try:
    raise Expired()
except (Expired, TimeoutError):
    print("late")
