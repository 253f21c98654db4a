from typing import Generic, TypeVar
from old import Old

T = TypeVar("T")


class Store(Generic[T]):
    pass


class Olds(Store["Old"]):
    made = Old
