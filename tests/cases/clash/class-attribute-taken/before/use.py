from old import Old

class Box:
    New = 1
    held = Old
