from app.new import New

new = 1
made = New(), new
