from old import (Also

x: Also
