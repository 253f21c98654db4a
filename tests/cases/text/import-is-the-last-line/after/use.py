from old import KEPT
from new import New