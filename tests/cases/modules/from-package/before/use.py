from app import old

made = old.Thing()
