from legacy import Manager

made = Manager()
made.is_alive()
