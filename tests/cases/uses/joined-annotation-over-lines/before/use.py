import old

many: (
    "dict[str, "  # keys
    r"old.Old]"
) = {}
