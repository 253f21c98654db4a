from one import New as First
from two import New as Second
