import sys
from unittest.mock import patch

sys.modules["app.old"] = None
del sys.modules["app.old"]
with patch.dict(sys.modules, {"app.old": None}):
    pass
