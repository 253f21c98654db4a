from new import New


class Old(New):
    def __init__(self):
        print("made")
