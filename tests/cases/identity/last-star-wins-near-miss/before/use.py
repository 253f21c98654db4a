from old import *
from base import *

made = Old()
