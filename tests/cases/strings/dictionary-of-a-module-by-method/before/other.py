from app.old import Old

made = Old()
