from new import New


class Old(New):
    """The other kind."""
