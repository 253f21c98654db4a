from new import New

assert not New.first
