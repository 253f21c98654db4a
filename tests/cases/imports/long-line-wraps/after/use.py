from application.services.messaging.connections import (
    UnifiedConnectionManagerImplementation as Manager,
)
