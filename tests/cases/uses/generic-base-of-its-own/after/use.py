from typing import Generic, TypeVar
from new import New as Old

T = TypeVar("T")


class Store(Generic[T]):
    pass


class Olds(Store["Old"]):
    made = Old
