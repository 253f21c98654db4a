from pkg.old import Service

one = Service()
