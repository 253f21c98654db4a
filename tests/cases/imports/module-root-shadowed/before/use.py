import app.old

def make(core):
    return core, app.old.Old()
