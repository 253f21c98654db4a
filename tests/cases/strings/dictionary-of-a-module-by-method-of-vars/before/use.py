from app import old

found = vars(old).get("Old")
