import os
from typing import cast
KEPT = os.sep
