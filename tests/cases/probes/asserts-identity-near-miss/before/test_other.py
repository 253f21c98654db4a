from old import Old

def test_other():
    assert Old is not None
    assert type(Old()) is Old
