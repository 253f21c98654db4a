from new import New as New
from old import Old

made = Old(), New()
