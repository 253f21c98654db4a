from new import New

# Deprecated: use New.
Old = type("Old", (New,), {})
KEEP = [Old()]
