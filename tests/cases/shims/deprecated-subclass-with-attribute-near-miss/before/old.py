from new import New


class Old(New):
    """Deprecated."""
    limit = 1
