LINES = """
from app.old import Old
"""
PATTERN = r"from app\.old import Old"
