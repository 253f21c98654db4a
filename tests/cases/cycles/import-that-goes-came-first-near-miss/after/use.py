import app
from data import Gamma
NUMBER = 1
