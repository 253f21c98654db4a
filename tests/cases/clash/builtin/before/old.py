from errors import TimeoutError as Expired
