from new import New as A
from new import New as B
