import pytest
from old import Old


def test():
    with pytest.raises(Old, match="Old"):
        raise Old
