from pkg.new import Service as _Impl

Service = _Impl
