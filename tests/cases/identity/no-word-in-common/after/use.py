from manager import ConnectionManager

made = ConnectionManager()
