from lib import Thing
