class Manager:
    class Kind:
        pass
