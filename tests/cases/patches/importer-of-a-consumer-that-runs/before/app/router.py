from unittest.mock import patch

from app.old import Old


def make():
    return Old()


with patch("app.router.Old"):
    pass
