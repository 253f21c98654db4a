from app.api import Users
from src.app.api import Users as Other

print(Users, Other)
