from unittest.mock import patch

with patch.multiple("app.old", Old=None):
    pass
