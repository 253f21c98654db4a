LIMIT = 3


# Not ours.
def other(): ...
