from core.new import New

def make(core):
    return core, New()
