from new import connect


def dial(*args, **kwargs):
    return connect(*args, **kwargs)
