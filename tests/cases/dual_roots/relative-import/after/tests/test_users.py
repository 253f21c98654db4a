from app.users import Users
from src.app.api import Users as Other

print(Users, Other)
