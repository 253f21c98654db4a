from typing import Any

ANY: Any = 3
