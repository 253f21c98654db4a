from b import Manager as Other
from a import Manager

pair = Manager, Other
