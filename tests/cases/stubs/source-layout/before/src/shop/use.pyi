from shop.old import Old as _Old
from .old import Old

x: _Old | Old
