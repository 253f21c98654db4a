from unittest.mock import patch

from app.new import New as Old


def make():
    return Old()


with patch("app.router.Old"):
    pass
