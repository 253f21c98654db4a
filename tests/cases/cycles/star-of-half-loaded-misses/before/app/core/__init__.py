class Delta:
    mark = 16
from ..names import *
