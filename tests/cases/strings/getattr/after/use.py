import app.new
from app import new

one = getattr(app.new, "New")
two = getattr(new, "New")()
