import re

LIMIT = re.compile("a")
