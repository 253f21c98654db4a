class New:
    limit = 1


made = New()
