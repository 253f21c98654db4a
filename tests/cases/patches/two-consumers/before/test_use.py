from unittest.mock import patch

with patch("app.router.Old"), patch("app.other.Mine"):
    pass
