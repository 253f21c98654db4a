from new import New
from old import Old

made = Old(), New()
