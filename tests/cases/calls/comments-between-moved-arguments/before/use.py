from legacy import Factory

made = Factory().build(
    x,  # first
    y,
)
