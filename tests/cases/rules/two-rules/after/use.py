from one import First
from two import Second

made = First(), Second()
