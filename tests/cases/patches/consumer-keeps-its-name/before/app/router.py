from app.old import Old as Mine

def make():
    return Mine()
