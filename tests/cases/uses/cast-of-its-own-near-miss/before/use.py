from old import Old


def cast(name, value):
    return {name: value}


class Table:
    def TypeVar(self, name, bound):
        return bound


made = cast("Old", Old)
kept = Table().TypeVar("T", bound="Old")
