"""Old."""
from app.new import New

# app.old.Old stays for a while
Old = New
X = 1
