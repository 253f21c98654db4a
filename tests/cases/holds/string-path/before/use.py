from app.old import Old

PATH = "app.old.Old"
made = Old()
