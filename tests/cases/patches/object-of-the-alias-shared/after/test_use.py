from unittest.mock import patch
from app import new, old, use

with patch.object(new, "New"), patch.object(old, "KEPT", 2):
    use.make()
