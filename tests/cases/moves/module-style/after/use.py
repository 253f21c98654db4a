import pkg.old
import pkg.new

print(pkg.new.Service, pkg.old.LIMIT)
