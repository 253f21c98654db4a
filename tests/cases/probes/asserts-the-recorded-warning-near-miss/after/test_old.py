import warnings


def test():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from new import New

        assert New()
