from old import Old  # noqa: F401  # unshim: ignore[US101] -- api
