from app.new import New


class Old(New):
    x = 1
