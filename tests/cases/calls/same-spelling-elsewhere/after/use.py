from new import make
from other import Factory as Other

make(1)
Other.create(1)
