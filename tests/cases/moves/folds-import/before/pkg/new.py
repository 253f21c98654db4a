from pkg.impl import _Impl as Service

default = Service()
