from pkg.new import Service

service = Service()
