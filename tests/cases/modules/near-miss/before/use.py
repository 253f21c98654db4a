from app.older import KEPT
from lib import old

made = KEPT, old.KEPT
