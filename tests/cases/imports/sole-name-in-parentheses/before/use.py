from old import (
    Old,
)  # noqa: F401

made = Old()
