from unittest import mock

with mock.patch.multiple("app.router", **{"Old": None}):
    pass
