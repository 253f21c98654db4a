from new import New


class Mine(New):
    pass


made = Mine()
made.connect()
