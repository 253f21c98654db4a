def flat(value):
    return [flat(each) for each in value]
