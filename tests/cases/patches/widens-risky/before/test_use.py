from unittest.mock import patch

with patch("app.old.Old"):
    pass
