from limits import LIMIT as MAXIMUM
