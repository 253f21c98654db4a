import importlib
import types


class _LazyModule(types.ModuleType):
    def __init__(self, name, file, names):
        super().__init__(name)
        self.__path__ = [file.rpartition("/")[0]]
        self._places = {each: module for module, names in names.items() for each in names}

    def __getattr__(self, name):
        if name not in self._places:
            raise AttributeError(name)
        return getattr(importlib.import_module(f"pkg.{self._places[name]}"), name)
