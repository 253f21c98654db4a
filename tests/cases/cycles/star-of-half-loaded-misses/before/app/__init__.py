from app.names import *
