import os
from old import KEPT
from new import New
made = New(), KEPT, os
