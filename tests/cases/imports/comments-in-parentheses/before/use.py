from old import (
    FIRST,  # about the first
    # why the class
    Old,  # about the class
    LAST,  # about the last
)

made = Old(), FIRST, LAST
