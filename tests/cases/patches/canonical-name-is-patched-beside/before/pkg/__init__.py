from pkg.new import New

Old = New


def made():
    return Old()
