import sys
from unittest.mock import patch

sys.modules["app.old"] = None
with patch.dict("sys.modules", {"app.old": None}):
    pass
