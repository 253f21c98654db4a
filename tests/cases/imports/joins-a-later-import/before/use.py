from old import Old
from new import Part

made = Old(), Part()
