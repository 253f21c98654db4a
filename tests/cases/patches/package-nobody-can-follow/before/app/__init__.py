from user import *
