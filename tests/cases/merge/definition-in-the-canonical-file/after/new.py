class New:
    pass

made = New()
