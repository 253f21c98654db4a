from typing import *
from fields import Optional as Maybe

kind = Optional[int]
made = Maybe()
