from old import KEPT, Old  # noqa: F401
