from unittest.mock import patch

with patch("app.old.Old"), patch("app.router.Old"):
    pass
