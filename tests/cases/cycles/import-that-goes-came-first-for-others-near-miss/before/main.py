import app.gamma
import use
from data import Gamma
