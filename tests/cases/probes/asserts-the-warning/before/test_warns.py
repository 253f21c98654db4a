import pytest
from old import Old

def test_warns():
    with pytest.warns(DeprecationWarning):
        Old()
