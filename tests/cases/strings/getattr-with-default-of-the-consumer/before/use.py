from app import router

made = getattr(router, "Old", None)
has = hasattr(router, "Old")
