# Licence: none.
LIMIT = 3
