from app.gamma import Gamma
