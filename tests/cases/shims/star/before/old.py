from new import *
