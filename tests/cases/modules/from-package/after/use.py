from app import new

made = new.Thing()
