from new import New
from other import Other

made = New()
other = Other()
other.create()
