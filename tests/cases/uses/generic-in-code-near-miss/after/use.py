from new import New

TABLE = {"Old": New}


def find(list):
    return TABLE["Old"], list["Old"]
