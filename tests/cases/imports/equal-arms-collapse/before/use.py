try:
    from old import Old
except ImportError:
    from older import Old

made = Old()
