from legacy import Factory

kind = Factory
