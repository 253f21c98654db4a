class _Impl:
    pass


Service = _Impl
