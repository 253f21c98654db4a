from app import new as old

new = 1
made = old.New(), new
