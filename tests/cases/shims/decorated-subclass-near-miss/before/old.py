from registry import register

from new import New


@register
class Old(New):
    """Deprecated: use `New`."""
