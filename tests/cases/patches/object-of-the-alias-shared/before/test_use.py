from unittest.mock import patch
from app import old, use

with patch.object(old, "Old"), patch.object(old, "KEPT", 2):
    use.make()
