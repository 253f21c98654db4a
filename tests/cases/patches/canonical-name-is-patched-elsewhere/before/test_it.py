from unittest.mock import patch


def test():
    with patch("pkg.other.New", int):
        pass
