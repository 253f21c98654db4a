from pkg.other import *
from pkg.old import Old


def made():
    return Old()
