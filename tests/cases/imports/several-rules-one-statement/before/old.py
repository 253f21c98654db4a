from one import First as A
from two import Second as B
