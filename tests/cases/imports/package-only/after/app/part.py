from app.new import New

part = New()
