import warnings


def test():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from old import Old

        assert Old()
