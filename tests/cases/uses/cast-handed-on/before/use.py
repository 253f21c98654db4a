from compat import cast
from old import Old

made = cast("Old", Old())
