# -*- coding: latin-1 -*-
from new import New
name = "café"
made = New()
