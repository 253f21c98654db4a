from app.other import *
from app.new import New as Old

NUMBER = 1
