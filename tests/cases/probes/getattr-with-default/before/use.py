from app import old

made = getattr(old, "Old", None)
