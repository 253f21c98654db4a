from app.new import New as Mine

def make():
    return Mine()
