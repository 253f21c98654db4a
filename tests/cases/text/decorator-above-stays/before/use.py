from old import Old
# makes things
@staticmethod
def make():
    return Old()
