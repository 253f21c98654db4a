from shop.new import New as _Old
from .new import New

x: _Old | New
