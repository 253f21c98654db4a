from app import old

found = vars(old)["Old"]
