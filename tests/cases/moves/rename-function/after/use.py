import pkg.old

pkg.old.read(3)
