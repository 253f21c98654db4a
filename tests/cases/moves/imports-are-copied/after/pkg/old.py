from typing import Any


def other() -> Any: ...
