from pkg.old import _Impl

def broken(:
