from new import New as Mine

made = Mine()


class Sub(Mine):
    limit = 1


class Both(Mine, dict):
    pass
