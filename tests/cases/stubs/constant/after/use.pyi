from new import LIMIT

x = LIMIT
