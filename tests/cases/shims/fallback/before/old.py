try:
    from new import New as Old
except ImportError:
    from new import New as Old
