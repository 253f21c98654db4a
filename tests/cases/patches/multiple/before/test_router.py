from unittest.mock import patch

import app.router

with patch.multiple("app.router", Old=None):
    pass
with patch.multiple(app.router, make=None, Old=str):
    pass
