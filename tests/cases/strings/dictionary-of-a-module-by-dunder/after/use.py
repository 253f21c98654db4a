from app import old

found = old.__dict__["Old"]
