from new import (  # unshim: ignore[US101] -- api
    New,
)
