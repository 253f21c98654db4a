from unittest.mock import patch

from app.old import Old

made = dict(Old=Old)
with patch.multiple("app.other", Old=None):
    pass
