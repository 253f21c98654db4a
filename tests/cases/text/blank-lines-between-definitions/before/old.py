from new import New


class First(New): ...


Old = New


class Last(New): ...
