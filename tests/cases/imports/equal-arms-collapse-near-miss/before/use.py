try:
    from old import Old
except ImportError:
    print("an old install")
    from older import Old

made = Old()
