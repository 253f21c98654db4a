from errors import AppError as NotFound
