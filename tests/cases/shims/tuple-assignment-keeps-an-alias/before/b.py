from a.old import Old as Base
from a.new import New

Old, made = New, Base
