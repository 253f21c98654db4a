from app.old import Old
