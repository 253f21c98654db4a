#!/usr/bin/env python3
# vim: set fileencoding=cp1252 :
from old import Old
name = "€ 5"
made = Old()
