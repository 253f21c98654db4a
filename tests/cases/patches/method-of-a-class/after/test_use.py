from unittest.mock import patch
from app.new import New

with patch.object(New, "run", create=True):
    pass
