from app import New

made = New()
