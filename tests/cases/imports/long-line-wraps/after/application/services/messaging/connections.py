class UnifiedConnectionManagerImplementation:
    pass
