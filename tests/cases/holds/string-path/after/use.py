from app.new import New

PATH = "app.old.Old"
made = New()
