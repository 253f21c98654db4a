import a.old as old

Old = old.Mid


def make(kind: Old = None):
    return kind or Old()
