from errors import AppError


class NotFound(AppError):
    """Deprecated: use `AppError`."""
