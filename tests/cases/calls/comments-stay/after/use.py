from new import make

made = make(
    x,  # the context
)
