try:
    from fast import Old
except ImportError:
    from new import New as Old
