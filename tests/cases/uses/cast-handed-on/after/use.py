from compat import cast
from new import New as Old

made = cast("Old", Old())
