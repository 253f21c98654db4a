from unittest.mock import patch

with patch("app.router.New"):
    pass
