from unittest.mock import patch

with patch("use.Old"):
    pass
