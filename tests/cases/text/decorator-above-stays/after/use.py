from new import New
# makes things
@staticmethod
def make():
    return New()
