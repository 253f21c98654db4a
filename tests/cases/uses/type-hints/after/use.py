from typing import get_type_hints
from model import Model

hints = get_type_hints(Model)
