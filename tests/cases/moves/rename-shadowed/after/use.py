from pkg.old import Service as Impl


def make(Service):
    return Impl(), Service
