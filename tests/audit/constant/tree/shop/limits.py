LIMIT = 3
COUNT = 0


def more():
    global COUNT
    COUNT += 1
