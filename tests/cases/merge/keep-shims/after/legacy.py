class Manager:
    pass


made = Manager()
