import sys
from typing import TYPE_CHECKING

from pkg.lazy import _LazyModule

_names = {"core": ["New"]}

if TYPE_CHECKING:
    from .core import New
else:
    sys.modules[__name__] = _LazyModule(__name__, globals()["__file__"], _names)
