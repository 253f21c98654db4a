from config import FLAG
