from pkg.new import New


def made():
    return New()
