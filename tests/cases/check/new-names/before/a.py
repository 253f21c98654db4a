from new import New

Other = New


class Sub(New):
    """Nothing more."""
