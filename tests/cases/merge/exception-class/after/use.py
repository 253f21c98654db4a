from errors import AppError

def fail():
    raise AppError()
