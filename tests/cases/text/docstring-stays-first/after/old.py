"""Old things."""

KEPT = 1
