from new import New
from shared import made

made.connect()
print(New)
