"""Not the `DockManager` of `legacy`: one name, two classes."""


class DockManager:
    def __init__(self):
        raise RuntimeError("build a registry with RegistryFactory")
