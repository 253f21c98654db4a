from typing import Any, Optional

ANY: Any = 3


class Service:
    name: Optional[Any] = None
