try:
    from fast import Old
except ImportError:
    from old import Old
