from old import New

New()
