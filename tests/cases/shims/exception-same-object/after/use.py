from errors import AppError

try:
    print()
except AppError:
    print("none")
