from errors import AppError
LIMIT = 1
class NotFound(AppError):
    pass
