# region compatibility
# fmt: off
from new import New as Old
# fmt: on
# endregion
KEPT = 1
