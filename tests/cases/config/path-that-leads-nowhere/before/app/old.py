from app.new import *
