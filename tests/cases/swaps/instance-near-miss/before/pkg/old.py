import sys
import types

from pkg.new import New


class Proxy(types.ModuleType):
    New = New


sys.modules[__name__] = Proxy(__name__)
