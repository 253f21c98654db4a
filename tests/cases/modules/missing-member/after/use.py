from app.old import EXTRA

made = EXTRA
