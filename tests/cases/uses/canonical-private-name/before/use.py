from old import Old

class Box:
    held = Old
