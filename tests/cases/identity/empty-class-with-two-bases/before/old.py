from new import New


class Mixin:
    pass


class Old(New, Mixin):
    """Deprecated."""
