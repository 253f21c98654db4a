from unittest import mock as m
from helpers import replaced

with m.patch("app.router.New"), replaced("app.router.New"):
    pass
