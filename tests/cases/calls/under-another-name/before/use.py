from legacy import Factory as F

made = F.create(1)
