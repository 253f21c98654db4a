from old import A
from old import B

made = A(), B()
