from src.app.api import Users

print(Users)
