from unittest.mock import patch

@patch("app.router.New")
class TestMake:
    @patch("app.router.New", new=None)
    def test(self):
        pass
