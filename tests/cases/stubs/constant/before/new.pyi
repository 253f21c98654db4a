LIMIT: int
