from unittest.mock import patch

with patch("app.new.New"):
    pass
