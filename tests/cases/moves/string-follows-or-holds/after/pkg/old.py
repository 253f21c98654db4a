from pkg.new import Service
