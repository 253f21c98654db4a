from app.core import New

made = New()
