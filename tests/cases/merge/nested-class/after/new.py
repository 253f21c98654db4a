class New:
    class Kind:
        pass
