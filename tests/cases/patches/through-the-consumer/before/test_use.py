from unittest.mock import patch

with patch("app.router.old.Old"):
    pass
