from app import router

setattr(router, "New", None)
delattr(router, "New")
