from new import New as Old


class First: ...
