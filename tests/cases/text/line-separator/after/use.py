from new import New
name = "a b"
made = New()
