from legacy import Manager

made = Manager()
print(made.count)
