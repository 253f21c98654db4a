from app import Alpha
