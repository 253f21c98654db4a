from unittest.mock import patch
from app.old import Old

with patch.object(Old, "run", create=True):
    pass
