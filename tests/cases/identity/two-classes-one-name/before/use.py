from b import Manager as Other
from old import Manager

pair = Manager, Other
