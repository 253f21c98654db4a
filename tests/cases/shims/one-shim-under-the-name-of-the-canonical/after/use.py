from pkg.new import Service

print(Service, Service)
