from old import (  # unshim: ignore[US101] -- api
    Old,
)
