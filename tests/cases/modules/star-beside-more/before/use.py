from app.old import New

made = New()
