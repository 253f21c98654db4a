from new import New


class Model:
    part: "New"
