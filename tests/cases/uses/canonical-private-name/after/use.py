from new import __New as Old

class Box:
    held = Old
