from data import Gamma
