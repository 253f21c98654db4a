from legacy import Factory

made = (Factory  # ours
    .create(x))
