# Limits of the service.

# Kept for the old clients.
from new import New as Old
KEPT = 1
