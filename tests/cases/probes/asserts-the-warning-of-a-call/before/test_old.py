from importlib import import_module
from unittest import TestCase

import pytest
from old import Old


class TestOld(TestCase):
    def test(self):
        self.assertWarns(DeprecationWarning, Old)
        pytest.raises(ImportError, import_module, "old")
