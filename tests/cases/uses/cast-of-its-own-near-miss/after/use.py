from new import New


def cast(name, value):
    return {name: value}


class Table:
    def TypeVar(self, name, bound):
        return bound


made = cast("Old", New)
kept = Table().TypeVar("T", bound="Old")
