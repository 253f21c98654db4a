from old import Old
from new import New as Old
