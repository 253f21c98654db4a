from app import Alpha as Gamma

LIMIT = 1
