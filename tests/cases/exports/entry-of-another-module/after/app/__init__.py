from app import part
from app.part import *

__all__ = ["part", *part.__all__]
