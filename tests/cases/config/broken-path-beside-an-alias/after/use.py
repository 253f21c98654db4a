from app.new import New

made = New()
