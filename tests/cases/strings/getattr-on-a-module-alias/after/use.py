from app import new

one = getattr(new, "New")
