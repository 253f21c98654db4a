from old import KEPT, Old  # the wire format
made = Old(), KEPT
