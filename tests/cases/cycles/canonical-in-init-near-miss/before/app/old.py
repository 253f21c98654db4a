from app.core import New as Old
