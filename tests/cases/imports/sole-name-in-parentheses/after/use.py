from new import (
    New,
)  # noqa: F401

made = New()
