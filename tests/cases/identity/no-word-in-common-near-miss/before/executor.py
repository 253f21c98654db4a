class BroadcastManager:
    pass
