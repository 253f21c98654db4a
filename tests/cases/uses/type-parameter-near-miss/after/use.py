from new import New

class Box[Old]:
    held: Old

made = New()
