from old import Other
from new import New

made = New(), New(), Other()
