def import_string(path):
    return path
