from unittest.mock import patch

with patch("app.router.New.run", create=True):
    pass
