from old import (
    Old,
)  # unshim: ignore[US101] -- api
