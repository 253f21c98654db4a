from executor import BroadcastManager

made = BroadcastManager()
