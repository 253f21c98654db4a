from pkg.old import Impl
