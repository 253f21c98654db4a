from app import new, old

made = new.New(), old.KEPT
