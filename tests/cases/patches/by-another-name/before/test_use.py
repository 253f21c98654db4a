from unittest import mock as m
from helpers import replaced

with m.patch("app.router.Old"), replaced("app.router.Old"):
    pass
