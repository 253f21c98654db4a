from pkg.old import Impl


def make(Service):
    return Impl(), Service
