try:
    from new import New
except ImportError:
    print("an old install")
    from new import New

made = New()
