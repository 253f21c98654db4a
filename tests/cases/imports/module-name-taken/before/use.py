from app import old

new = 1
made = old.Old(), new
