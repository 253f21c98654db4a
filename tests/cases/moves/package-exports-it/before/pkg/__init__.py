from pkg.old import Service
