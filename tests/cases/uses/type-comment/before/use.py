from old import Old

made = None  # type: Old
# type: Old is what this file makes
