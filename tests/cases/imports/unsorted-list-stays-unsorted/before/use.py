from new import Part, Bolt
from old import Old

made = Old(), Part(), Bolt()
