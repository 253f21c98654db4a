class AppError(Exception):
    """Deprecated."""
