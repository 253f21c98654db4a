#!/usr/bin/env python3
# vim: set fileencoding=cp1252 :
from new import New
name = "€ 5"
made = New()
