try:
    from new import New
except ImportError:
    from new import New
else:
    print("first")

made = New()
