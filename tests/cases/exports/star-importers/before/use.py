from middle import *

again = Old(), made
