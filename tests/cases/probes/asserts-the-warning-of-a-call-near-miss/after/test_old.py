import pytest
from new import New


def test():
    with pytest.raises(New, match="Old"):
        raise New
