import importlib
import pytest

with pytest.raises(ImportError):
    importlib.import_module("app.old")
with pytest.warns(DeprecationWarning):
    importlib.import_module("app.old")
