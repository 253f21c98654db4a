from old import Old

class Box[Old]:
    held: Old

made = Old()
