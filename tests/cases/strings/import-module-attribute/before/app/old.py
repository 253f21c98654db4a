from app.new import New as Elder
from app.new import New as Old
