from old import (
    FIRST,  # about the first
    LAST,  # about the last
)
# why the class
from new import New  # about the class

made = New(), FIRST, LAST
