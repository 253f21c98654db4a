from typing import Optional

from new import New


def run(one: Optional[New], two: New | None = None):
    one.connect()
    two.connect()
