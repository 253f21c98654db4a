from new import New


class Old(New):
    """Deprecated."""
