from legacy import Factory
from other import Factory as Other

Factory.create(1)
Other.create(1)
