from pkg.old import New

New()
