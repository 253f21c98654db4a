from pkg.other import *
from pkg.new import New as Old


def made():
    return Old()
