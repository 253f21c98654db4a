from new import New  # noqa: F401  # unshim: ignore[US101] -- api
