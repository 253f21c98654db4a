from new import New

type Many = list[New]

class Box[T: New]:
    held: T

def first[T: New](things: list[T]) -> T | New: ...
