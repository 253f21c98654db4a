"""The patch names a shim by string, so the shim has to stay."""

from unittest.mock import patch

from harbor.pilot import bring_in


def test_a_ship_comes_in():
    with patch("harbor.docks.fast.FastRegistry"):
        assert bring_in("Ada", 4).ship_at(4) == "Ada"
