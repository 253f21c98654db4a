from unittest.mock import patch

with patch("app.new.New.run", create=True):
    pass
