import app
from app.beta import Beta as Legacy
from data import Gamma
NUMBER = 1
