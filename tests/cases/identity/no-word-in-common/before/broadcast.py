from manager import ConnectionManager as BroadcastManager
