class Delta:
    mark = 3
