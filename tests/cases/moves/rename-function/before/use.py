import pkg.old

pkg.old.load(3)
