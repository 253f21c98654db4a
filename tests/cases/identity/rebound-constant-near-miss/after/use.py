from config import FLAG

seen = FLAG
