from unittest.mock import patch

with patch("app.old.New"):
    pass
