from impl import _Impl

Manager = _Impl
