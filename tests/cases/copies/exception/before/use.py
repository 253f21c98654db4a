from old import AppError

raise AppError
