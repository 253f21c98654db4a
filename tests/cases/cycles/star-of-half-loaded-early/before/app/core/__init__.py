class Delta:
    mark = 3


import app.core.names as mod

Delta = mod.Alpha
