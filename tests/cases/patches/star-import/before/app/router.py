from app.old import *

def make():
    return Old()
