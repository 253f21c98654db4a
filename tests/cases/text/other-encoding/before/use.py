# -*- coding: shift_jis -*-
from old import Old
name = "テ"
