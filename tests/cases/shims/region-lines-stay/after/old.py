# region compatibility
# fmt: off
# fmt: on
# endregion
KEPT = 1
