from base import *
from old import *

made = Old(), KEPT
