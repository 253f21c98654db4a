import os.path
from typing import Any, Optional


class Service:
    home: Optional[str] = os.path.curdir


def other() -> Any: ...
