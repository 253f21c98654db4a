from errors import TimeoutError

made = TimeoutError()
