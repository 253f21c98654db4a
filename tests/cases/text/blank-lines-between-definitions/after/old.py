from new import New


class First(New): ...


class Last(New): ...
