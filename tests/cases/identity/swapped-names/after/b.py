class Unified:
    pass
