from pkg.old import LIMIT, Service

print(LIMIT)
