from legacy import Manager
from shared import made

made.create()
print(Manager)
