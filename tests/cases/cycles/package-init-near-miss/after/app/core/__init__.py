from app.other import LIMIT
