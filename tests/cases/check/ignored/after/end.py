from new import (
    New,
)  # unshim: ignore[US101] -- api
