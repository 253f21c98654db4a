from new import New

Old = New

def f() -> None: ...
