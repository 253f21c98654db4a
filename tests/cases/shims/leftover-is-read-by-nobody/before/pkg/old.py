from . import New as Middle

Legacy = Middle
LIMIT = 1
