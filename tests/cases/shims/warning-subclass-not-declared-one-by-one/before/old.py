from new import New
Same = New

class Old(New):
    """Deprecated: use `New`."""
