from new import New

LIMIT = 1


# Deprecated, use New.
class Old(New): ...
