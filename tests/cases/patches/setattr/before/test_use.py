from app import router

setattr(router, "Old", None)
delattr(router, "Old")
