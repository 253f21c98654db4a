# Deprecated: it lives in `new`.
def flat(value):
    """Flat."""
    return [flat(each) for each in value]
