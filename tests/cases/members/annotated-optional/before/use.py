from typing import Optional

from legacy import Manager


def run(one: Optional[Manager], two: Manager | None = None):
    one.create()
    two.create()
