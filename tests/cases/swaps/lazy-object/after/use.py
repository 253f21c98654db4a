from pkg.core import New

New()
