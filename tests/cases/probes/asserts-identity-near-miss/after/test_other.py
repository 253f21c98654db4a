from new import New

def test_other():
    assert New is not None
    assert type(New()) is New
