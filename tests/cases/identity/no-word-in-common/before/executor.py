from broadcast import BroadcastManager

ConnectionExecutor = BroadcastManager
