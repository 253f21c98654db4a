from pkg.old import Service, _Impl

print(Service, _Impl)
