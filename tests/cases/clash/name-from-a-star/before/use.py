from typing import *
from old import Maybe

kind = Optional[int]
made = Maybe()
