from app import Alpha
import user
