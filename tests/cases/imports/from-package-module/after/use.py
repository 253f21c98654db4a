from app import new

made = new.New()
