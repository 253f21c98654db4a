from pkg.errors import Broken


class OldBroken(Broken):
    """Deprecated: use Broken."""
