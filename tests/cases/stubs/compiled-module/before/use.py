from pkg.slow import Slow

Slow()
