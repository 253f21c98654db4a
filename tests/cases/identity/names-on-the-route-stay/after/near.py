from impl import _Impl

made = _Impl()
