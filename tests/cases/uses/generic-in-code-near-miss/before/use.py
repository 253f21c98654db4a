from old import Old

TABLE = {"Old": Old}


def find(list):
    return TABLE["Old"], list["Old"]
