from pkg.new import New as Old

LIMIT = 3
