import warnings


def test():
    with warnings.catch_warnings(record=True) as caught:
        from old import Old

        Old()
    assert caught
