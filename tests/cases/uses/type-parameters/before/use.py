from old import Old

type Many = list[Old]

class Box[T: Old]:
    held: T

def first[T: Old](things: list[T]) -> T | Old: ...
