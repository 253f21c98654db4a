class _Impl:
    pass
