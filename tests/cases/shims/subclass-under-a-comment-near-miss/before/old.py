from new import New

# Deprecated names were here.

class Old(New): ...
