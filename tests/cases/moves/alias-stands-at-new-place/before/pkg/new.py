from pkg.compat import Service
