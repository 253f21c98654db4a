from pkg.base import Base

LIMIT = 3
