from app.core.user import Gamma
