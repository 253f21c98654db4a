from unittest.mock import patch

import app.router

with patch.multiple("app.router", New=None):
    pass
with patch.multiple(app.router, make=None, New=str):
    pass
