import re
import os.path
from typing import Optional

LIMIT = re.compile("a")


class Service:
    home: Optional[str] = os.path.curdir
