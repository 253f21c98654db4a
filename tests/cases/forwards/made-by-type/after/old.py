from new import New

KEEP = [New()]
