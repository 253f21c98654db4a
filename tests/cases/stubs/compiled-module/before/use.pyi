from pkg.slow import Slow

x: Slow
