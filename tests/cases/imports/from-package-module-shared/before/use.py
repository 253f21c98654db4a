from app import old

made = old.Old(), old.KEPT
