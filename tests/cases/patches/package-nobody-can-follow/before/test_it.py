from unittest.mock import patch


def test():
    with patch("app.old.Old", 7):
        pass
