from unittest.mock import patch

with patch("app.api.Old"):
    pass
