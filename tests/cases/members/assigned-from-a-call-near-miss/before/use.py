from legacy import Manager
from other import Other

made = Manager()
other = Other()
other.create()
