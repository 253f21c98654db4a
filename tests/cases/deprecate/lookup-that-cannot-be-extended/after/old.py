from hooks import __getattr__
from new import New as Old
