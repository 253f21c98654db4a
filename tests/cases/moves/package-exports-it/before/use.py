from pkg import Service

print(Service)
