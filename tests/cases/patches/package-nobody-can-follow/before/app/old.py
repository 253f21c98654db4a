from .model import New
from .model import New as Old
