class Alpha:
    mark = 1
