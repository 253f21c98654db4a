from app.old import Old

part = Old()
