from pkg.base import *


class Service(Base): ...
