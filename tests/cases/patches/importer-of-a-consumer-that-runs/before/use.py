from app.router import Old
