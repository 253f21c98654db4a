class TimeoutError(Exception):
    pass
