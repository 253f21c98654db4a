import pkg
import pkg.new
from pkg.new import New

print(New, pkg.new.New, pkg.Other)
