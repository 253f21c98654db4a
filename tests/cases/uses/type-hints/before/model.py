from old import Old


class Model:
    part: "Old"
