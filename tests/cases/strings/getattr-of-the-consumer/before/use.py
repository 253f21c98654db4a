from app import router

made = getattr(router, "Old")()
