import re

PROGRAM = """
from app.old import Old
"""
PATTERN = re.compile(r"from app\.old import (Old|New)")
MESSAGE = "use app.old.Old no more"
