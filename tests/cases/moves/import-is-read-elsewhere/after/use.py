from pkg.old import Base

print(Base)
