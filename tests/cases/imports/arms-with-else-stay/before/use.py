try:
    from old import Old
except ImportError:
    from older import Old
else:
    print("first")

made = Old()
