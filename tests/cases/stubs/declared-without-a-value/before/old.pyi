from new import New

Old: type[New]

def f() -> None: ...
