from unittest.mock import patch
from app import old, use

with patch.object(old, "Old"):
    use.make()
