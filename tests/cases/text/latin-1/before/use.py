# -*- coding: latin-1 -*-
from old import Old
name = "café"
made = Old()
