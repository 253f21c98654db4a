from new import New

made = None  # type: New
# type: Old is what this file makes
