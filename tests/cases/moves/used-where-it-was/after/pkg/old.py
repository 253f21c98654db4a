"""Old."""
import re
from pkg.new import Service


default = Service()
