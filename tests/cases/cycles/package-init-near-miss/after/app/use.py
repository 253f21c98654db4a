from app.core.new import New

made = New()
