class Box:
    from new import New as Old

    held = Old()

made = Box.Old()
