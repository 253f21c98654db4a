"""Do.

>>> from app.old import Old
>>> print("\\n")
"""
