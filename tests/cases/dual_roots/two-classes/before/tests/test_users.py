from app.users import Users
from src.app.users import Users as Other

print(Users, Other)
