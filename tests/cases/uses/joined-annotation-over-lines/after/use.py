import new

many: (
    "dict[str, "  # keys
    r"new.New]"
) = {}
