from unittest import mock
from unittest.mock import patch

@patch("app.router.Old")
def test(fake):
    with mock.patch("app.router.Old", autospec=True):
        patcher = patch(target="app.router.Old")
        patcher.start()
