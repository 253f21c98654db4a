# app.old.Old
from app.old import Old (
