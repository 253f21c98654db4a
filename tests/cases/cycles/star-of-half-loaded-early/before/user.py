from app.core import *


def made():
    return Delta
