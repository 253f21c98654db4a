from new import New


class First(New): ...
