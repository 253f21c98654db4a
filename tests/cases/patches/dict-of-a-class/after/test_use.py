from unittest.mock import patch

with patch.dict("app.new.New.TABLE", {"a": 1}):
    pass
