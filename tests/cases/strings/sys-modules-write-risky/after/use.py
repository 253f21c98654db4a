import sys
from unittest.mock import patch

sys.modules["app.new"] = None
with patch.dict("sys.modules", {"app.new": None}):
    pass
