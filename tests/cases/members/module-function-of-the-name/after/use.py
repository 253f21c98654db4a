import tools
from new import New

tools.create()
print(New)
