from old import KEPT  # noqa: F401
from new import New  # noqa: F401
