from limits import LIMIT

half = LIMIT // 2
