class Beta: ...


LIMIT = 1
