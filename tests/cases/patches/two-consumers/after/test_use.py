from unittest.mock import patch

with patch("app.router.New"), patch("app.other.Mine"):
    pass
