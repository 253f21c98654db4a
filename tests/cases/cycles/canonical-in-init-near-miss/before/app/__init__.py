from app.core import New
from app.use import made
