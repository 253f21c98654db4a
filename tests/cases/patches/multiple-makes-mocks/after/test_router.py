from unittest.mock import DEFAULT, patch


@patch.multiple("app.router", Old=DEFAULT)
def test(Old):
    assert Old
