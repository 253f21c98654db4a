from unittest.mock import patch

with patch("app\x2erouter.Old"):
    pass
