from unittest.mock import patch

with patch.multiple("app.router", Old=None):
    pass
