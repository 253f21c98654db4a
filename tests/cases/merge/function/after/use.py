from legacy import LIMIT
from net import connect

made = connect()
