from unittest.mock import patch
from app import new, use

with patch.object(new, "New"):
    use.make()
