from middle import *
from new import New

again = New(), made
