from importlib import import_module
from unittest.mock import patch

patch("use.import_module")
print("old.Old")
