from new import New

# unshim: ignore[US104] -- above
One = New
TEXT = """
# unshim: ignore-file[US104] -- text
"""
