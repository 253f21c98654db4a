import os
from typing import cast
from new import New
Old = New
KEPT = os.sep
