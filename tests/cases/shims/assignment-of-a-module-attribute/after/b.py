from a.new import New


def make(kind: New = None):
    return kind or New()
