MAX: int
