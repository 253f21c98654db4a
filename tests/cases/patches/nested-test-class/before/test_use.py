from unittest.mock import patch

@patch("app.router.Old")
class TestMake:
    @patch("app.router.Old", new=None)
    def test(self):
        pass
