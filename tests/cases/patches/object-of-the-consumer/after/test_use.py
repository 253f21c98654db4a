from unittest.mock import patch
from app import router

with patch.object(router, "New"):
    router.make()
with patch.object(target=router, attribute="New"):
    router.make()
