import unittest
from new import New
from old import Old

class Same(unittest.TestCase):
    def test_same(self):
        self.assertIs(Old, New)
