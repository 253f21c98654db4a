from pkg.old import Service

service = Service()
