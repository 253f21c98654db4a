from pkg.base import Base
