from new import New, Special


class Both(Special, New):
    pass
