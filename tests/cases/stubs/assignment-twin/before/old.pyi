from new import New

Old = New

def helper() -> None: ...
