import middle

made = getattr(middle, "Old")()
