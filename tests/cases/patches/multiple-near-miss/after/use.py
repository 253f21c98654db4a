from unittest.mock import patch

from app.new import New

made = dict(Old=New)
with patch.multiple("app.other", Old=None):
    pass
