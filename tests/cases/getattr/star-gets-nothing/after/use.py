from old import *


def make():
    return Old()
