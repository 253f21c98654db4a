from app.users import Users

KEEP = Users
