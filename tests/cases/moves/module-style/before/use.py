import pkg.old

print(pkg.old.Service, pkg.old.LIMIT)
