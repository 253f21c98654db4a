from old import Old
from new import New

made = Old(), New()
