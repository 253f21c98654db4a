from app.other import *

NUMBER = 1
