from pkg.copy import Service

print(Service)
