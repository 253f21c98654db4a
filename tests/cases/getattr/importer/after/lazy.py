def create_importer(package, deprecated_lookups=None):
    def get(name):
        module = __import__(deprecated_lookups[name])
        return getattr(module, name)

    return get
