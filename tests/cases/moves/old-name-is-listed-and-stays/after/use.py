from pkg.old import Service

print(Service, Service)
