from unittest.mock import patch

with patch(
    "app.router"  # the consumer
    ".New"
):
    pass
