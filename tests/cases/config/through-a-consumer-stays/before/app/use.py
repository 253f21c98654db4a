from app.old import Old

Old()
