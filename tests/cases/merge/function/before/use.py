from legacy import LIMIT, dial

made = dial()
