from unittest import mock
from unittest.mock import patch

@patch("app.router.New")
def test(fake):
    with mock.patch("app.router.New", autospec=True):
        patcher = patch(target="app.router.New")
        patcher.start()
