from typing import Any, Optional


class Service:
    name: Optional[Any] = None
