from new import New as Old

class Box:
    New = 1
    held = Old
