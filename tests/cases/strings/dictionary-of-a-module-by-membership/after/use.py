from app import old

found = "Old" in vars(old)
