from app.new import New as Old


def make():
    return Old()
