from app.users import Users

print(Users)
