from src.app.users import Users

print(Users)
