from new import Part
from old import Old

made = Old(), Part()
