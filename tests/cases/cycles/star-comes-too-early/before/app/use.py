from app.legacy import Old

limit = 1
made = Old()
