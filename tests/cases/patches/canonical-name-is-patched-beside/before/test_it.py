from unittest.mock import patch

import pkg


def test():
    with patch("pkg.New", int):
        assert pkg.made() != 0
