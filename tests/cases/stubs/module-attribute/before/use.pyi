import old

class C(old.Old):
    def f(self, x: old.Old | None = ...) -> "old.Old": ...
