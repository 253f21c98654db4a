class Box:
    from old import Old

    held = Old()

made = Box.Old()
