from app import old

one = getattr(old, "New")
