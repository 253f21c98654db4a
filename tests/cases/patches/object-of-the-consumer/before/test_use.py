from unittest.mock import patch
from app import router

with patch.object(router, "Old"):
    router.make()
with patch.object(target=router, attribute="Old"):
    router.make()
