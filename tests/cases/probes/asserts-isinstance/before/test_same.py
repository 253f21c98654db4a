from new import New
from old import Old

def test_same():
    assert isinstance(New(), Old)
