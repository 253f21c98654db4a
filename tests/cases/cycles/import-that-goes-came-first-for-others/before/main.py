import use
from data import Gamma
