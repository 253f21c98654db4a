"""A page."""
# unshim: ignore-file[US104, US106] -- the public names
from new import New

One = New
Two = New
