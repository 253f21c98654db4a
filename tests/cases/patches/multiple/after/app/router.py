from app.new import New


def make():
    return New()
