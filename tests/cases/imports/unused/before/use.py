from old import Old  # noqa: F401
