import pkg.slow

pkg.slow.Slow()
