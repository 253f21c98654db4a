from app.new import *

MORE = 1
