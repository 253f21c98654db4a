from app.use import made
from app.core import New
