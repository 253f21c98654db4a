import os
from old import KEPT, Old
made = Old(), KEPT, os
