from unittest.mock import patch

with patch.dict("app.old.Old.TABLE", {"a": 1}):
    pass
