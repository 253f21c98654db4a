from pkg.old import Impl

one = Impl()
