from old import KEPT  # the wire format
from new import New
made = New(), KEPT
