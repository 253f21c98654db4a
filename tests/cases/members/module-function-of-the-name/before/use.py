import tools
from legacy import Manager

tools.create()
print(Manager)
