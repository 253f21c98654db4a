from app.second import *

made = New()
