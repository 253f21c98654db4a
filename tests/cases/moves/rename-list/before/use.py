from pkg.old import Impl

print(Impl)
