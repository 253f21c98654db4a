# Limits of the service.

KEPT = 1
