from pkg.old import LIMIT


class Service: ...


print(LIMIT)
