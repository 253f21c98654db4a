from dataclasses import dataclass

LIMIT = 3


# What we sell.
@dataclass
class Service:  # one
    name: str
