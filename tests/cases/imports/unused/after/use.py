from new import New  # noqa: F401
