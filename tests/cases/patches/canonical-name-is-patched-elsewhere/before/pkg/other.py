from pkg.new import New


def other():
    return New()
